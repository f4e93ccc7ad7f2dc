listed({"items":[["2024-11-30",1,"north","","People return to Alder .",["Alder"]]],"month":"2024-11","places":{"Alder":"Alder"}})
